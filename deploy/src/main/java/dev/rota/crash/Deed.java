package dev.rota.crash;

import java.util.Arrays;
import java.util.Optional;

/** What is done to a part of the system while a step is under way. */
enum Deed {
    AGENT("agent", "kill -9 of the agent that carries the step out, then start"),
    LEADER("leader", "kill -9 of the leading coordinator, then start"),
    FOLLOWER("follower", "kill -9 of a coordinator that follows, then start"),
    ALL("all", "kill -9 of all coordinators, then start"),
    PRODUCT("product", "kill -9 of the product's process on the node whose turn it is, then start"),
    STOPPED("stopped", "SIGSTOP of the leader for longer than it takes to elect another, then SIGCONT"),
    CUT("cut", "the leader loses the other coordinators for as long; agents and operators still reach it");

    private final String label;
    private final String about;

    Deed(String label, String about) {
        this.label = label;
        this.about = about;
    }

    String label() {
        return label;
    }

    String about() {
        return about;
    }

    static Optional<Deed> of(String label) {
        return Arrays.stream(values()).filter(d -> d.label.equals(label)).findFirst();
    }
}
