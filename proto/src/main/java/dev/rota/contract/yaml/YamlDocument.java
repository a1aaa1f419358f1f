package dev.rota.contract.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document of at most 4 MB. Only plain data is accepted: no anchors and aliases, no tags but the core ones, no
 * duplicate keys, no second document, no nesting deeper than 50.
 */
public final class YamlDocument {
    /** A configuration that names 10,000 nodes and their zones, both as long as they may be, has 2 MB. */
    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final int MAX_DEPTH = 50;
    private static final String CORE = "tag:yaml.org,2002:";
    private static final String TEXT_TAG = CORE + "str";
    private static final Set<String> SCALAR_TAGS =
            Set.of(TEXT_TAG, CORE + "int", CORE + "float", CORE + "bool", CORE + "null");

    private final String source;
    private final Iterator<Event> events;
    private final Problems problems = new Problems();

    private YamlDocument(String text, String source) {
        this.source = source;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /**
     * Reads a document. Duplicate keys, anchors and tags are recorded in the {@link YamlNode#problems()} of the result.
     *
     * @param sourceName the file's name, for messages
     * @throws ConfigException if the text is no YAML, with the place of the first error
     */
    public static YamlNode parse(String text, String sourceName) {
        if (text.length() > MAX_CHARACTERS) {
            throw new ConfigException(sourceName + ":1:1", "the file is larger than 4 MB");
        }
        try {
            return new YamlDocument(text, sourceName).root();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String what = Optional.ofNullable(e.getProblem())
                    .or(() -> Optional.ofNullable(e.getContext()))
                    .orElse("not valid YAML");
            throw new ConfigException(at(sourceName, mark), what);
        } catch (ReaderException e) {
            throw new ConfigException(
                    at(sourceName, text, e.getPosition()),
                    String.format("character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new ConfigException(sourceName + ":1:1", String.valueOf(e.getMessage()));
        }
    }

    private YamlNode root() {
        Event first = skipTo(Event.ID.DocumentStart, Event.ID.StreamEnd);
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw new ConfigException(source + ":1:1", "the file is empty");
        }
        YamlNode root = node(events.next(), 1);
        Event next = skipTo(Event.ID.DocumentStart, Event.ID.StreamEnd);
        if (next.getEventId() == Event.ID.DocumentStart) {
            throw new ConfigException(at(next), "a second document starts here; only one is allowed");
        }
        return root;
    }

    private Event skipTo(Event.ID one, Event.ID other) {
        while (true) {
            Event event = events.next();
            if (event.getEventId() == one || event.getEventId() == other) {
                return event;
            }
        }
    }

    private YamlNode node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ConfigException(at(event), "nested deeper than " + MAX_DEPTH);
        }
        String at = at(event);
        if (event instanceof AliasEvent) {
            problems.add(at, "aliases (*name) are not allowed");
            return YamlNode.absent(at, problems);
        }
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            problems.add(at, "anchors (&name) are not allowed");
        }
        if (event instanceof ScalarEvent scalar) {
            boolean text = checkTag(at, scalar.getTag(), SCALAR_TAGS)
                    .filter(TEXT_TAG::equals)
                    .isPresent();
            return YamlNode.scalar(at, problems, scalar.getValue(), scalar.isPlain() && !text);
        }
        Optional<String> tag = ((CollectionStartEvent) event).getTag();
        if (event.getEventId() == Event.ID.SequenceStart) {
            checkTag(at, tag, Set.of(CORE + "seq"));
            return YamlNode.list(at, problems, items(depth));
        }
        checkTag(at, tag, Set.of(CORE + "map"));
        return YamlNode.map(at, problems, entries(depth));
    }

    private List<YamlNode> items(int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, YamlNode.Entry> entries(int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(events.next(), depth + 1);
            if (!key.isScalar()) {
                key.problem("a key must be text");
                continue;
            }
            String name = key.string();
            YamlNode.Entry earlier = entries.putIfAbsent(name, new YamlNode.Entry(key.at(), value));
            if (earlier != null) {
                key.problem("key '" + name + "' is there twice, first at " + earlier.at());
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    private Optional<String> checkTag(String at, Optional<String> tag, Set<String> allowed) {
        tag.filter(t -> !allowed.contains(t)).ifPresent(t -> problems.add(at, "tag '" + t + "' is not allowed here"));
        return tag;
    }

    private String at(Event event) {
        return at(source, event.getStartMark());
    }

    private static String at(String source, Optional<Mark> mark) {
        return source
                + mark.map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                        .orElse(":1:1");
    }

    private static String at(String source, String text, int position) {
        String before = text.substring(0, Math.min(position, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return source + ":" + line + ":" + (before.length() - before.lastIndexOf('\n'));
    }
}
