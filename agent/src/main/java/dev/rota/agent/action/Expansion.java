package dev.rota.agent.action;

import dev.rota.contract.Condition;
import dev.rota.contract.Recipe;
import dev.rota.contract.Template;
import dev.rota.contract.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts values into the templates of a recipe. All methods throw {@link IllegalArgumentException} naming a value that is missing.
 */
public final class Expansion {
    private final Map<String, String> values;

    /** Expands with these values. */
    public Expansion(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** A text with its values. */
    public String text(String template) {
        return Template.expand(template, values);
    }

    /** A regular expression in which each value stands for itself. */
    public String pattern(String template) {
        return Template.expandPattern(template, values);
    }

    private List<String> texts(List<String> templates) {
        return templates.stream().map(this::text).toList();
    }

    private List<String> patterns(List<String> templates) {
        return templates.stream().map(this::pattern).toList();
    }

    private Optional<String> text(Optional<String> template) {
        return template.map(this::text);
    }

    private Map<String, String> texts(Map<String, String> templates) {
        Map<String, String> all = new TreeMap<>();
        templates.forEach((name, template) -> all.put(name, text(template)));
        return all;
    }

    /** A query's source with its values; the pattern stays. */
    public Work source(Recipe.Query query) {
        return work(query.source());
    }

    /** Work with its values. */
    public Work work(Work work) {
        if (work instanceof Work.Run w) {
            return run(w);
        }
        if (work instanceof Work.Http w) {
            return http(w);
        }
        if (work instanceof Work.Unpack w) {
            return new Work.Unpack(text(w.from()), text(w.to()));
        }
        if (work instanceof Work.Link w) {
            return new Work.Link(text(w.link()), text(w.target()));
        }
        if (work instanceof Work.Copy w) {
            return new Work.Copy(text(w.from()), text(w.to()));
        }
        if (work instanceof Work.Archive w) {
            return new Work.Archive(texts(w.paths()), text(w.to()));
        }
        if (work instanceof Work.Restore w) {
            return new Work.Restore(text(w.from()), text(w.to()));
        }
        if (work instanceof Work.Remove w) {
            return new Work.Remove(texts(w.paths()), w.keep());
        }
        if (work instanceof Work.Service w) {
            return new Work.Service(
                    text(w.unit()),
                    w.verb(),
                    texts(w.command()),
                    text(w.pidFile()),
                    text(w.log()),
                    text(w.directory()));
        }
        return work;
    }

    private Work.Run run(Work.Run w) {
        return new Work.Run(
                texts(w.command()),
                texts(w.environment()),
                text(w.directory()),
                text(w.stdin()),
                w.exit(),
                patterns(w.expect()),
                patterns(w.reject()),
                text(w.log()));
    }

    private Work.Http http(Work.Http w) {
        return new Work.Http(
                w.method(),
                text(w.url()),
                text(w.body()),
                texts(w.headers()),
                w.status(),
                patterns(w.expect()),
                patterns(w.reject()));
    }

    /** A condition with its values. */
    public Condition condition(Condition condition) {
        if (condition instanceof Condition.CommandAnswers c) {
            return new Condition.CommandAnswers(run(c.run()));
        }
        if (condition instanceof Condition.HttpAnswers c) {
            return new Condition.HttpAnswers(http(c.http()));
        }
        if (condition instanceof Condition.TcpPort c) {
            return new Condition.TcpPort(text(c.address()), c.open());
        }
        if (condition instanceof Condition.FileThere c) {
            return new Condition.FileThere(text(c.path()), c.exists());
        }
        if (condition instanceof Condition.MemberListed c) {
            return new Condition.MemberListed(text(c.member()), c.listed());
        }
        if (condition instanceof Condition.ProcessRuns c) {
            return new Condition.ProcessRuns(text(c.pidFile()), c.commandLine().map(this::pattern), c.runs());
        }
        if (condition instanceof Condition.LinkPoints c) {
            return new Condition.LinkPoints(text(c.link()), text(c.target()));
        }
        if (condition instanceof Condition.VersionRuns c) {
            return new Condition.VersionRuns(text(c.version()));
        }
        if (condition instanceof Condition.DiskFree c) {
            return new Condition.DiskFree(text(c.path()), c.bytes());
        }
        throw new IllegalStateException("no expansion for " + condition.getClass());
    }

    /** All conditions with their values. */
    public List<Condition> conditions(List<Condition> conditions) {
        return conditions.stream().map(this::condition).toList();
    }
}
