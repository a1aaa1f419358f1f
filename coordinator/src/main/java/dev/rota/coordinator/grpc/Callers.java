package dev.rota.coordinator.grpc;

import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.Role;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Who makes the call that is being served. Only to be asked on the thread that serves it. */
public final class Callers {
    /** Set by {@link IdentityInterceptor} for every call. */
    static final Context.Key<Identity> IDENTITY = Context.key("rota-identity");

    private Callers() {}

    /** The caller; empty outside of a call. */
    public static Optional<Identity> current() {
        return Optional.ofNullable(IDENTITY.get());
    }

    /**
     * The operator who calls.
     *
     * @throws StatusRuntimeException PERMISSION_DENIED, naming the caller and what it lacks
     */
    public static Identity.Operator requireOperator(Role required) {
        Identity caller = require();
        if (caller instanceof Identity.Operator operator && operator.role().includes(required)) {
            return operator;
        }
        throw denied(caller + " may not do this; the role " + required.label() + " is needed");
    }

    /**
     * The node whose agent calls.
     *
     * @throws StatusRuntimeException PERMISSION_DENIED, naming the caller
     */
    static String requireAgent() {
        Identity caller = require();
        if (caller instanceof Identity.Agent agent) {
            return agent.node();
        }
        throw denied(caller + " may not do this; only agents may");
    }

    /**
     * The coordinator that calls.
     *
     * @throws StatusRuntimeException PERMISSION_DENIED, naming the caller
     */
    static String requireCoordinator() {
        Identity caller = require();
        if (caller instanceof Identity.Coordinator coordinator) {
            return coordinator.name();
        }
        throw denied(caller + " may not do this; only coordinators may");
    }

    /**
     * Makes sure that an agent or a coordinator calls.
     *
     * @return whether it is an agent
     * @throws StatusRuntimeException PERMISSION_DENIED, naming the caller
     */
    static boolean requireAgentOrCoordinator() {
        return !(require() instanceof Identity.Coordinator) && !requireAgent().isEmpty();
    }

    private static Identity require() {
        return current()
                .orElseThrow(() -> Status.UNAUTHENTICATED
                        .withDescription("the caller is not known")
                        .asRuntimeException());
    }

    private static StatusRuntimeException denied(String message) {
        return Status.PERMISSION_DENIED.withDescription(message).asRuntimeException();
    }
}
