package dev.rota.coordinator.sim;

import java.util.EnumSet;
import java.util.Set;

/** What may go wrong with one step. */
enum Fault {
    NONE,
    FAILS_BEFORE_EFFECT,
    FAILS_AFTER_EFFECT,
    REFUSED,
    TIMES_OUT_BEFORE_EFFECT,
    TIMES_OUT_AFTER_EFFECT,
    AGENT_CRASHES_BEFORE_EFFECT,
    AGENT_CRASHES_AFTER_EFFECT,
    AGENT_GONE_BEFORE_EFFECT,
    AGENT_GONE_AFTER_EFFECT,
    /** The connection breaks before the order has arrived. */
    ORDER_LOST,
    /** The connection breaks when the order has arrived; it is sent again on the next one. */
    ORDER_DUPLICATED,
    ANSWER_LOST,
    /** The answer comes when the coordinator has given up. */
    ANSWER_LATE,
    ANSWER_DUPLICATED,
    /** Says done and has done nothing; only where the health gate is there to notice. */
    CLAIMS_EFFECT,
    /** A join breaks off when the others know the node already. */
    HALF_DONE,
    LEADER_CRASHES_BEFORE_APPEND,
    /** The answer is committed, and the leader dies before it knows. */
    LEADER_CRASHES_BEFORE_APPLY,
    LEADER_CRASHES_BEFORE_ORDER,
    LEADER_CRASHES_AFTER_ORDER,
    ALL_CRASH_AFTER_COMMIT,
    /** The leader is cut off after another member has the answer: it will be committed, but the leader cannot know. */
    APPEND_KEPT_UNHEARD,
    /** The leader is cut off before another member has the answer: it will be lost, but the leader cannot know. */
    APPEND_LOST_UNHEARD,
    LEADER_CHANGES_BEFORE_ORDER,
    /** The leader stops before it gives the order, and goes on when there may be another one. */
    LEADER_PAUSED_BEFORE_ORDER,
    /** It goes on so late that its order is about a step that was given up and repeated since. */
    OLD_LEADER_ORDERS_LATE,
    /** The leader dies while the node waits at a gate of the phase. */
    LEADER_CRASHES_IN_GATE;

    /** What strikes when the leader has the step's answer recorded. */
    static final Set<Fault> AT_ANSWER = EnumSet.of(
            LEADER_CRASHES_BEFORE_APPEND,
            LEADER_CRASHES_BEFORE_APPLY,
            ALL_CRASH_AFTER_COMMIT,
            APPEND_KEPT_UNHEARD,
            APPEND_LOST_UNHEARD);

    /** What strikes when the step has come to be asked for, before it is. */
    static final Set<Fault> BEFORE_ORDER = EnumSet.of(
            LEADER_CRASHES_BEFORE_ORDER,
            LEADER_CHANGES_BEFORE_ORDER,
            LEADER_PAUSED_BEFORE_ORDER,
            OLD_LEADER_ORDERS_LATE);
}
