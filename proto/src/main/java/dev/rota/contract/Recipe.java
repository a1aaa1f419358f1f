package dev.rota.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything Rota knows about one product, as loaded from its recipe file by {@link RecipeLoader}.
 *
 * @param name the product's name, {@code [a-z][a-z0-9-]{0,31}}
 * @param digest SHA-256 (hex) of the file's bytes; coordinator and agent must agree on it
 * @param source where it was read from, for messages
 * @param clustered whether the product's nodes form a cluster at all
 * @param scheme how its versions are written and ordered
 * @param seriesParts how many leading version components make a series
 * @param detect finds the running version
 * @param path which versions to go through, and which steps may be taken softly
 * @param procedure whether it upgrades node by node where the notes are silent
 * @param notes what its release notes need to be read with, beside the general rules
 * @param hazards releases that change what nodes share in a way old nodes do not survive
 * @param fullStop how a full stop is done
 * @param downgradeAllowed whether an operator may ask for an older version at all
 * @param parameters declared parameters by name
 * @param environment variables set for every command the recipe runs; values are templates
 * @param user system user that runs the commands when the agent is root; empty: the agent's own user
 * @param member template of the node's name inside the product's cluster
 * @param members finds the members as this node's product reports them; absent for products without a cluster
 * @param replicas answers name to value; must be alike on every member before one may leave; absent if not needed
 * @param master finds the member that leads the others, group {@code member}; absent where none does, or it cannot be told
 * @param health conditions that must all hold for the node to count as serving
 * @param installed template of the directory the current release lives in; its {@code .rota-artifact} file names the artifact
 * @param gate the health gate's default settings
 * @param phases what to do in each phase; a phase that is missing is left out of the turn
 * @param rollback what to do instead in a phase that goes back to the release before; for one that is missing, what {@code phases} has
 * @param watching how a rollout is watched beside its gates
 */
public record Recipe(
        String name,
        String digest,
        String source,
        boolean clustered,
        VersionScheme scheme,
        int seriesParts,
        Query detect,
        PathRule path,
        Procedure procedure,
        Notes notes,
        List<Hazard> hazards,
        FullStop fullStop,
        boolean downgradeAllowed,
        Map<String, Parameter> parameters,
        Map<String, String> environment,
        String user,
        String member,
        Optional<Query> members,
        Optional<Query> replicas,
        Optional<Query> master,
        List<Condition> health,
        String installed,
        GateSettings gate,
        Map<Phase, PhaseSpec> phases,
        Map<Phase, PhaseSpec> rollback,
        Watching watching) {

    /**
     * How a rollout is watched beside its gates.
     *
     * @param betweenStable how long the whole cluster must keep being well before the next node is taken out of service
     */
    public record Watching(Duration betweenStable) {}

    /**
     * What to do in a phase.
     *
     * @param back it goes back to the release before
     * @return nothing if the recipe has no such phase
     */
    public Optional<PhaseSpec> phase(Phase phase, boolean back) {
        Optional<PhaseSpec> own = back ? Optional.ofNullable(rollback.get(phase)) : Optional.empty();
        return own.or(() -> Optional.ofNullable(phases.get(phase)));
    }

    /** A value the operator may set in the agent's configuration; without a default it is required. */
    public record Parameter(String name, Optional<String> defaultValue, String about) {}

    /**
     * What the product's own procedure says where the release notes are silent: whether it goes node by node or stops everything.
     *
     * @param softUpdate for an update within a series
     * @param softUpgrade for an upgrade to another series, and for a downgrade
     */
    public record Procedure(boolean softUpdate, boolean softUpgrade) {
        /**
         * Whether a change of this kind goes node by node.
         *
         * @param stops the notes have a step that stops the server; where only updates go node by node, all servers are meant
         */
        public boolean soft(Change change, boolean stops) {
            boolean soft = change == Change.UPDATE ? softUpdate : softUpgrade;
            return soft && !(stops && softUpdate != softUpgrade);
        }
    }

    /**
     * How the product's release notes are read, beside the general rules.
     *
     * @param names what the notes call the product, in lower case
     * @param bans phrases that forbid a soft upgrade
     * @param permissions phrases that allow one
     * @param schemaChangesNeedPermission a change of the schema is a ban unless the notes say that old nodes can live with it
     * @param required without notes for every release on the way, nothing is known about it, and that is no reason to go node by node
     * @param none releases that never had notes
     */
    public record Notes(
            List<String> names,
            List<String> bans,
            List<String> permissions,
            boolean schemaChangesNeedPermission,
            boolean required,
            List<Version> none) {
        /** Copies the lists. */
        public Notes {
            names = List.copyOf(names);
            bans = List.copyOf(bans);
            permissions = List.copyOf(permissions);
            none = List.copyOf(none);
        }
    }

    /**
     * A release that changes what the nodes of a cluster share, in a way nodes of the release before do not survive.
     *
     * @param when what must be known about the cluster for it to matter, by key, as operators say it with {@code --assume}; what is
     *     not known counts as being so
     */
    public record Hazard(Version release, SortedMap<String, String> when, String why) {}

    /** How a full stop of the whole cluster is done. */
    public enum FullStop {
        /** Stop all, change all, start the last stopped first. */
        STOP_ALL("stop-all"),
        /** All but one leave; that one alone is stopped, upgraded, started; the others are upgraded and join it. */
        SHRINK("shrink");

        private final String label;

        FullStop(String label) {
            this.label = label;
        }

        /** The word in the recipe file. */
        public String label() {
            return label;
        }
    }

    /** Who carries a phase out. */
    public enum On {
        /** The node whose turn it is. */
        SELF,
        /** A serving node other than the one whose turn it is. */
        PEER
    }

    /**
     * One phase: who, once per cluster or on each node, deadline of the whole phase, what to do.
     *
     * @param estimate how long it usually takes, until it has been measured
     * @param undo takes back what the actions did; empty: there is nothing to take back, or another phase does it
     */
    public record PhaseSpec(
            Phase phase,
            On on,
            boolean once,
            Duration within,
            Optional<Duration> estimate,
            List<Action> actions,
            List<Action> undo) {
        /** Deadline of a phase that has none of its own. */
        public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(10);

        /** What takes the phase back, as a phase of its own. */
        public PhaseSpec taken() {
            return new PhaseSpec(phase, on, once, within, estimate, undo, List.of());
        }
    }

    /**
     * One action with its guards. {@code unless} is asked first (all hold: already done, skip); after the work {@code until}
     * must come to hold (all of them, asked every {@code every}) or the action has failed when {@code within} is over.
     */
    public record Action(
            String title, Work work, List<Condition> unless, List<Condition> until, Duration within, Duration every) {}

    /**
     * Asks the product something and reads the answer from text by a regular expression with named groups.
     *
     * @param source a {@link Work.Run} or a {@link Work.Http}
     * @param pattern matched in multi-line mode, values put in by {@link Template#expandPattern}; with {@code each} false: found once, group {@code version}; with {@code each} true: found repeatedly,
     *     groups {@code member}, or {@code name} and {@code value}
     */
    public record Query(Work source, String pattern, boolean each) {}

    /** Settings of a health gate: how long to wait first ({@code wait} in the recipe), how long it must hold, how long it may fail, how often to look. */
    public record GateSettings(Duration initial, Duration stable, Duration retry, Duration every) {
        /** Of a recipe that says nothing. */
        public static final GateSettings DEFAULT =
                new GateSettings(Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(2));
    }
}
