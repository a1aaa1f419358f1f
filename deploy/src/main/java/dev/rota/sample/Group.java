package dev.rota.sample;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.blocks.MessageDispatcher;
import org.jgroups.blocks.RequestHandler;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.ResponseMode;
import org.jgroups.util.Rsp;
import org.jspecify.annotations.Nullable;

/** This node's place in a group of nodes that can ask each other: who is a member, and requests that every member has answered. */
final class Group implements Closeable {
    private static final int FOUND_ALONE_MS = 1;
    private static final int LOOK_FOR_MEMBERS_MS = 1_000;
    private static final long ANSWER_MS = 2_000;
    private static final long REPLICATE_MS = 5_000;

    private final Settings settings;
    private final Handler handler;
    private @Nullable JChannel channel;
    private @Nullable MessageDispatcher dispatcher;
    private @Nullable View view;

    /** Answers what other members ask. */
    interface Handler {
        /**
         * The answer to a message; whatever it throws reaches the asker as an error.
         *
         * @param senderIsMember whether this node sees the sender, this very process, among the members
         */
        byte[] answer(byte[] message, BooleanSupplier senderIsMember) throws Exception;

        /** Two groups that did not see each other have become one. */
        void merged();
    }

    Group(Settings settings, Handler handler) {
        this.settings = settings;
        this.handler = handler;
    }

    /** Becomes a member of the cluster with that id, or its first one. */
    void connect(String clusterId, boolean expectOthers) throws IOException {
        JChannel fresh = Stack.channel(settings, expectOthers ? LOOK_FOR_MEMBERS_MS : FOUND_ALONE_MS);
        MessageDispatcher requests = new MessageDispatcher();
        RequestHandler answers = message -> handler.answer(bytes(message), () -> sees(message.getSrc()));
        requests.setChannel(fresh)
                .setReceiver(new ViewWatch(fresh))
                .setRequestHandler(answers)
                .start();
        synchronized (this) {
            channel = fresh;
            dispatcher = requests;
            view = null;
        }
        try {
            fresh.connect(clusterId);
        } catch (Exception e) {
            close();
            throw new IOException("cannot become a member of cluster " + clusterId + ": " + rootMessage(e), e);
        }
    }

    /** Leaves the group; the others see it go. */
    @Override
    public void close() {
        JChannel old;
        synchronized (this) {
            old = channel;
            channel = null;
            dispatcher = null;
            view = null;
            notifyAll();
        }
        if (old != null) {
            old.close();
        }
    }

    /** Names of the members, sorted; only this node when it is connected to none. */
    synchronized List<String> members() {
        return view == null
                ? List.of(settings.name())
                : view.getMembers().stream()
                        .map(Stack::nameOf)
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** The member that has been in the group for longest; this node when it is connected to none. */
    synchronized String leader() {
        return view == null ? settings.name() : Stack.nameOf(view.getMembers().get(0));
    }

    /** Waits until a condition on the members holds. */
    synchronized boolean await(BooleanSupplier condition, long withinMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        while (!condition.getAsBoolean()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    /** Asks one member, by name. */
    byte[] ask(String member, byte[] message) throws IOException {
        Address target = address(member).orElseThrow(() -> new IOException(member + " is not a member"));
        try {
            byte[] answer = connected().sendMessage(new BytesMessage(target, message), options(REPLICATE_MS));
            return answer == null ? new byte[0] : answer;
        } catch (Exception e) {
            throw new IOException(member + " did not do it: " + rootMessage(e), e);
        }
    }

    /**
     * Returns when every member of the group, as it is at the end, has answered. A member that joins meanwhile is asked too, one
     * that goes is not waited for.
     */
    void askAll(byte[] message) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REPLICATE_MS);
        Set<Address> answered = new HashSet<>();
        for (Set<Address> missing = others(answered); !missing.isEmpty(); missing = others(answered)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        missing.stream().map(Stack::nameOf).sorted().toList() + " did not answer");
            }
            Set<Address> now = cast(missing, message);
            answered.addAll(now);
            if (now.isEmpty()) {
                Set<Address> asked = missing;
                await(() -> !others(answered).equals(asked), ANSWER_MS / 20);
            }
        }
    }

    private Set<Address> cast(Collection<Address> targets, byte[] message) throws IOException {
        Set<Address> answered = new HashSet<>();
        try {
            RequestOptions options = options(ANSWER_MS).anycasting(true);
            Map<Address, Rsp<byte[]>> answers =
                    connected().castMessage(List.copyOf(targets), new BytesMessage(null, message), options);
            answers.forEach((from, answer) -> {
                if (answer.wasReceived() && !answer.hasException()) {
                    answered.add(from);
                }
            });
            return answered;
        } catch (Exception e) {
            throw new IOException("cannot reach the other members: " + rootMessage(e), e);
        }
    }

    private synchronized Set<Address> others(Set<Address> without) {
        Set<Address> others = new HashSet<>();
        if (view != null && channel != null) {
            others.addAll(view.getMembers());
            others.remove(channel.getAddress());
            others.removeAll(without);
        }
        return others;
    }

    private synchronized Optional<Address> address(String member) {
        return view == null
                ? Optional.empty()
                : view.getMembers().stream()
                        .filter(a -> Stack.nameOf(a).equals(member))
                        .reduce((older, newer) -> newer);
    }

    private synchronized MessageDispatcher connected() throws IOException {
        if (dispatcher == null) {
            throw new IOException("this node is not connected to a cluster");
        }
        return dispatcher;
    }

    private synchronized boolean sees(Address address) {
        return view != null && view.containsMember(address);
    }

    private static byte[] bytes(Message message) {
        int from = message.getOffset();
        return Arrays.copyOfRange(message.getArray(), from, from + message.getLength());
    }

    /** Out of band: requests of one sender do not wait for each other; stamps decide about the order of writes. */
    private static RequestOptions options(long timeoutMs) {
        return new RequestOptions(ResponseMode.GET_ALL, timeoutMs).setFlags(Message.Flag.OOB);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private final class ViewWatch implements Receiver {
        private final JChannel watched;

        ViewWatch(JChannel watched) {
            this.watched = watched;
        }

        @Override
        public void viewAccepted(View newView) {
            synchronized (Group.this) {
                if (channel != watched) {
                    return;
                }
                view = newView;
                Group.this.notifyAll();
            }
            if (newView instanceof MergeView) {
                handler.merged();
            }
        }
    }
}
