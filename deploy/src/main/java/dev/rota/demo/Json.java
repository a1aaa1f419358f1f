package dev.rota.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;

/** Reads what {@code rota --output json} prints; a field that is left out has its empty value. */
public final class Json {
    private Json() {}

    /**
     * Reads an object.
     *
     * @throws IllegalStateException with the text when it is none
     */
    public static JsonObject parse(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalStateException("not a JSON object: " + text, e);
        }
    }

    /** A field as text. */
    public static String text(JsonObject object, String field) {
        return field(object, field).map(JsonElement::getAsString).orElse("");
    }

    /** A field as a number; 64-bit numbers are quoted in this form of JSON. */
    public static long number(JsonObject object, String field) {
        return field(object, field).map(JsonElement::getAsLong).orElse(0L);
    }

    /** A field that is true or not. */
    public static boolean flag(JsonObject object, String field) {
        return field(object, field).map(JsonElement::getAsBoolean).orElse(false);
    }

    /** A field with a list. */
    public static JsonArray list(JsonObject object, String field) {
        return field(object, field).map(JsonElement::getAsJsonArray).orElseGet(JsonArray::new);
    }

    /** A field with an object. */
    public static JsonObject object(JsonObject object, String field) {
        return field(object, field).map(JsonElement::getAsJsonObject).orElseGet(JsonObject::new);
    }

    private static Optional<JsonElement> field(JsonObject object, String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> !value.isJsonNull());
    }
}
