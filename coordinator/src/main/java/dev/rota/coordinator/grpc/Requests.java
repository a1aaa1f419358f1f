package dev.rota.coordinator.grpc;

import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** Checks what operators ask before anything is done about it. */
final class Requests {
    /** Longest free text of a request, in characters. */
    static final int MAX_TEXT = 2000;

    private static final int MAX_REQUEST_ID = 100;
    private static final int MAX_VERSION = 128;

    private Requests() {}

    /** Something an operator may ask for, by that operator's name. */
    interface Request {
        void serve(String by) throws Refusal;
    }

    /** Serves whoever has the role. */
    static void guarded(StreamObserver<?> to, Role role, Request request) {
        try {
            request.serve(Callers.requireOperator(role).name());
        } catch (Refusal e) {
            to.onError(Answers.refused(e));
        } catch (StatusRuntimeException e) {
            to.onError(e);
        }
    }

    static Version version(String text) throws Refusal {
        text("a version", text, MAX_VERSION);
        return Version.tryParse(text)
                .orElseThrow(() -> usage("'" + text + "' is not a version: expected numbers separated by dots"));
    }

    static void requestId(String id) throws Refusal {
        if (id.isEmpty() || id.length() > MAX_REQUEST_ID) {
            throw usage("a request that changes something needs an id of 1 to " + MAX_REQUEST_ID + " characters");
        }
    }

    /** A product there is a recipe for. */
    static void product(Recipes recipes, String name) throws Refusal {
        if (recipes.find(name).isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "NO_PRODUCT",
                    "there is no recipe for product '" + name + "'; known are "
                            + String.join(
                                    ", ",
                                    recipes.all().stream().map(r -> r.name()).toList()));
        }
    }

    static void text(String name, String value, int max) throws Refusal {
        if (value.length() > max) {
            throw usage(name + " of " + value.length() + " characters is too long, at most " + max + " are allowed");
        }
    }

    static Refusal usage(String sentence) {
        return new Refusal(Refusal.Kind.USAGE, "USAGE", sentence);
    }
}
