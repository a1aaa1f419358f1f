package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.port.Journal.Role;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Adding, removing and changing places of coordinators. May be used by any thread. */
public final class MemberChanges {
    /** Longest wait for a change to be committed; beyond it the outcome is unknown. */
    private static final long LIMIT_SECONDS = 15;

    private final Coordinator coordinator;
    private final Journal journal;
    private final LoopTasks tasks;

    /** Creates them on a coordinator. */
    public MemberChanges(Coordinator coordinator) {
        this.coordinator = coordinator;
        this.journal = coordinator.members().journal();
        this.tasks = new LoopTasks(coordinator);
    }

    /** Lets a coordinator that is connected vote; nothing happens when it does. */
    public CompletableFuture<Boolean> add(String name) {
        return tasks.onLoop(answer -> {
            Optional<Member> member = find(name);
            if (member.isEmpty() || !member.get().connected()) {
                throw new Refusal(
                        member.isEmpty() ? Kind.NOT_FOUND : Kind.REFUSED,
                        "NOT_CONNECTED",
                        "coordinator '" + name + "' is not connected; start it with a configuration that lists all"
                                + " coordinators, then add it; connected are " + names(connected()));
            }
            after(journal.addMember(name), answer, () -> answer.complete(true));
        });
    }

    /** Takes a coordinator's vote away, if the others can do without. */
    public CompletableFuture<Boolean> remove(String requestId, String name) {
        return tasks.onLoop(answer -> {
            if (coordinator.state().requests().containsKey(requestId)) {
                answer.complete(true);
                return;
            }
            if (find(name).isEmpty()) {
                throw new Refusal(
                        Kind.NOT_FOUND,
                        "NO_COORDINATOR",
                        "there is no coordinator '" + name + "'; there are " + names(journal.members()));
            }
            dispensable(name);
            after(
                    journal.removeMember(name),
                    answer,
                    () -> tasks.attempt(answer, last -> {
                        // Remembers the request and forgets the address.
                        tasks.commit(new Entry.CoordinatorDeclared(requestId, name, ""));
                        last.complete(true);
                    }));
        });
    }

    /** Gives the leadership of that term away. Answers whether the term was not over already. */
    public CompletableFuture<Boolean> stepDown(long term) {
        return tasks.onLoop(answer -> {
            if (coordinator.term() != term) {
                answer.complete(false);
                return;
            }
            List<Member> others = voters().stream()
                    .filter(m -> m.connected()
                            && !m.name().equals(coordinator.members().own()))
                    .toList();
            if (others.isEmpty()) {
                throw new Refusal(
                        Kind.REFUSED,
                        "NO_SUCCESSOR",
                        "no other coordinator that votes is connected; nobody could take over from "
                                + coordinator.members().own());
            }
            after(journal.stepDown(), answer, () -> answer.complete(false));
        });
    }

    private void dispensable(String name) throws Refusal {
        List<Member> left =
                voters().stream().filter(m -> !m.name().equals(name)).toList();
        if (left.isEmpty()) {
            throw new Refusal(
                    Kind.REFUSED, "LAST_COORDINATOR", name + " is the last coordinator; nothing would be left");
        }
        if (name.equals(coordinator.members().own())) {
            throw new Refusal(
                    Kind.REFUSED,
                    "LEADS",
                    name + " leads; give the leadership away first: rota coordinators step-down");
        }
        List<Member> reachable = left.stream().filter(Member::connected).toList();
        int needed = left.size() / 2 + 1;
        if (reachable.size() < needed) {
            throw new Refusal(
                    Kind.REFUSED,
                    "NO_MAJORITY_LEFT",
                    "without " + name + " there would be " + left.size() + " coordinators, of which " + needed
                            + " must be reachable and " + reachable.size()
                            + (reachable.size() == 1 ? " is" : " are") + " (" + names(reachable)
                            + "); bring another one back first");
        }
    }

    /** Goes on, on the loop's thread, once the journal has made the change. */
    private void after(CompletionStage<Void> change, CompletableFuture<Boolean> answer, Runnable next) {
        CompletableFuture<Void> bounded = change.<Void>thenApply(done -> null).toCompletableFuture();
        var unused = bounded.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).whenComplete((done, failure) -> {
            if (failure == null) {
                coordinator.post(next);
            } else {
                answer.completeExceptionally(refusal(failure));
            }
        });
    }

    private Refusal refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof NotLeaderException e) {
            return coordinator.members().notLeader(e);
        }
        if (cause instanceof JournalException e) {
            return new Refusal(
                    e.outcomeUnknown() ? Kind.UNAVAILABLE : Kind.REFUSED, "JOURNAL", String.valueOf(e.getMessage()));
        }
        return new Refusal(
                Kind.UNAVAILABLE,
                "JOURNAL",
                "the change was not confirmed within " + LIMIT_SECONDS
                        + " s and may still come; rota coordinators list shows it");
    }

    private Optional<Member> find(String name) {
        return journal.members().stream().filter(m -> m.name().equals(name)).findFirst();
    }

    private List<Member> connected() {
        return journal.members().stream().filter(Member::connected).toList();
    }

    private List<Member> voters() {
        return journal.members().stream().filter(m -> m.role() != Role.LEARNER).toList();
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
