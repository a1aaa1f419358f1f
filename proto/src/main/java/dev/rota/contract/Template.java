package dev.rota.contract;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Text with values in it: <code>${name}</code> stands for a value, <code>$${</code> for a literal <code>${</code>. */
public final class Template {
    /** Values that are made of values could grow without end. */
    private static final int MAX_EXPANDED = 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    private Template() {}

    /**
     * Puts the values in.
     *
     * @throws IllegalArgumentException naming the value that is missing, or what is wrong with the template
     */
    public static String expand(String template, Map<String, String> values) {
        return replace(template, name -> value(template, name, values));
    }

    /**
     * Puts the values into a regular expression, where each stands for its literal text.
     *
     * @throws IllegalArgumentException as {@link #expand}
     */
    public static String expandPattern(String template, Map<String, String> values) {
        return replace(template, name -> Pattern.quote(value(template, name, values)));
    }

    /**
     * The names of the values a template needs, in order.
     *
     * @throws IllegalArgumentException saying what is wrong with the template
     */
    public static Set<String> names(String template) {
        Set<String> names = new LinkedHashSet<>();
        replace(template, name -> {
            names.add(name);
            return "";
        });
        return names;
    }

    private static String value(String template, String name, Map<String, String> values) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(
                        () -> new IllegalArgumentException("no value for '${" + name + "}' in '" + template + "'"));
    }

    private static String replace(String template, UnaryOperator<String> value) {
        StringBuilder out = new StringBuilder(template.length());
        int i = 0;
        while (i < template.length()) {
            if (template.startsWith("$${", i)) {
                out.append("${");
                i += 3;
            } else if (template.startsWith("${", i)) {
                int end = template.indexOf('}', i);
                if (end < 0) {
                    throw new IllegalArgumentException("'${' has no '}' (write '$${' for a literal '${')");
                }
                String name = template.substring(i + 2, end);
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "'${" + name + "}' is no value (write '$${' for a literal '${')");
                }
                out.append(value.apply(name));
                i = end + 1;
            } else {
                out.append(template.charAt(i));
                i++;
            }
            if (out.length() > MAX_EXPANDED) {
                throw new IllegalArgumentException("text with its values is longer than 1 MB");
            }
        }
        return out.toString();
    }
}
