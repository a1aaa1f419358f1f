package dev.rota.agent.job;

import dev.rota.agent.step.JobState;
import dev.rota.agent.step.Ledger;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of a step as text: Java properties, which a person can read. */
final class StateCodec {
    private static final String FORMAT = "1";
    private static final String FACT = "fact.";

    private StateCodec() {}

    /** The text of a state; a finished step has a result instead. */
    static String encode(JobState state) {
        SortedMap<String, String> p = new TreeMap<>();
        p.put("format", FORMAT);
        Ledger ledger = state.ledger();
        p.put("started", ledger.startedAt().toString());
        p.put("command_ms", Long.toString(ledger.commandMs()));
        p.put("wait_ms", Long.toString(ledger.waitMs()));
        ledger.facts().forEach((name, value) -> p.put(FACT + name, value));
        state.match(new JobState.Cases<Void>() {
            @Override
            public Void asking(JobState.Asking s) {
                return position("asking", s.index(), s.round());
            }

            @Override
            public Void working(JobState.Working s) {
                p.put("since", s.since().toString());
                p.put("boot", s.bootId());
                return position("working", s.index(), s.round());
            }

            @Override
            public Void proving(JobState.Proving s) {
                p.put("since", s.since().toString());
                p.put("ended", s.ended().toString());
                return position("proving", s.index(), s.round());
            }

            @Override
            public Void finished(JobState.Finished s) {
                throw new IllegalArgumentException("a finished step has no progress");
            }

            @SuppressWarnings("NullAway") // Void has no other value
            private Void position(String name, int index, int round) {
                p.put("state", name);
                p.put("action", Integer.toString(index));
                p.put("round", Integer.toString(round));
                return null;
            }
        });
        return text(p);
    }

    /**
     * Reads a state.
     *
     * @throws IOException if the text is not one this version writes
     */
    static JobState decode(String text) throws IOException {
        Properties p = new Properties();
        try {
            p.load(new StringReader(text));
            if (!FORMAT.equals(p.getProperty("format"))) {
                throw new IOException("the step's state has format " + p.getProperty("format") + ", not " + FORMAT);
            }
            SortedMap<String, String> facts = new TreeMap<>();
            for (String name : p.stringPropertyNames()) {
                if (name.startsWith(FACT)) {
                    facts.put(name.substring(FACT.length()), get(p, name));
                }
            }
            Ledger ledger = new Ledger(instant(p, "started"), number(p, "command_ms"), number(p, "wait_ms"), facts);
            int index = (int) number(p, "action");
            int round = (int) number(p, "round");
            return switch (get(p, "state")) {
                case "asking" -> new JobState.Asking(index, round, ledger);
                case "working" -> new JobState.Working(index, round, instant(p, "since"), get(p, "boot"), ledger);
                case "proving" -> new JobState.Proving(index, round, instant(p, "since"), instant(p, "ended"), ledger);
                default -> throw new IOException("the step's state is unknown: " + p.getProperty("state"));
            };
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException("the step's state is broken: " + e.getMessage(), e);
        }
    }

    private static String get(Properties p, String name) throws IOException {
        String value = p.getProperty(name);
        if (value == null) {
            throw new IOException("the step's state has no '" + name + "'");
        }
        return value;
    }

    private static long number(Properties p, String name) throws IOException {
        return Long.parseLong(get(p, name));
    }

    private static Instant instant(Properties p, String name) throws IOException {
        return Instant.parse(get(p, name));
    }

    /** Properties write a comment with the time; without it, equal states have equal files. */
    private static String text(Map<String, String> values) {
        Properties p = new Properties();
        p.putAll(values);
        StringWriter out = new StringWriter();
        try {
            p.store(out, null);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return out.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
