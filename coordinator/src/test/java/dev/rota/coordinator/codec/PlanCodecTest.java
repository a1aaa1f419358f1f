package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.TurnRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    private static Plan plan() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2")
                .zone("n1", "west")
                .recipeText(PlanCodecTest::withMigrations)
                .assume("storage", "mysql")
                .note(
                        "23.04.md",
                        "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n")
                .turns(new TurnRequest(50, 50, 1, List.of(), true))
                .plan();
    }

    private static String withMigrations(String shop) {
        return shop.replaceAll("(?s)path:.*?full_stop", """
                path:
                  rule: chain-migrations
                  migrations: {pattern: '(?<from>[0-9.]+)-(?<to>[0-9.]+)\\\\.sh', scripts: ["23.01-23.04.sh"]}
                full_stop""")
                .replace("downgrade: true", "")
                .replace("${url}/migrate", "${url}/migrate/${hop.migrations}");
    }

    @Test
    void theMigrationsArePartOfThePlan() {
        assertThat(plan().deciding().migrations()).containsExactly("23.01-23.04.sh");
        assertThat(PlanCodec.decode(PlanCodec.encode(plan()))).isEqualTo(plan());
    }

    @Test
    void theAddressIsTheSameForTheSamePlan() {
        assertThat(plan().id()).matches("[0-9a-f]{64}").isEqualTo(plan().id());
        assertThat(PlanCodec.address(plan().withId("other"))).isEqualTo(plan());
        assertThat(PlanCodec.address(PlanCodec.decode(PlanCodec.encode(plan()))))
                .isEqualTo(plan());
    }

    @Test
    void severalHopsAreReadBack() {
        Plan plan = Situation.of("desk", "1.0", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                .catalogue("1.1")
                .plan();

        assertThat(plan.path()).extracting(Version::text).containsExactly("1.0", "1.1", "2.0");
        assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
        assertThat(PlanCodec.address(PlanCodec.decode(PlanCodec.encode(plan)))).isEqualTo(plan);
    }

    @Test
    void everyFieldOfThePlanChangesTheAddress() throws ReflectiveOperationException {
        TreeSet<String> seen = new TreeSet<>(List.of(plan().id()));
        List<Record> changed = variations(plan());
        for (Record other : changed) {
            Plan p = (Plan) other;
            if (p.id().equals(plan().id())) {
                assertThat(seen.add(PlanCodec.address(p).id()))
                        .as("address of %s", p)
                        .isTrue();
            }
        }
        assertThat(changed).hasSizeGreaterThan(40);
    }

    /** The record with each of its leaves changed, one at a time, however deep; of lists the first and the length. */
    private static List<Record> variations(Record r) throws ReflectiveOperationException {
        RecordComponent[] parts = r.getClass().getRecordComponents();
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].getAccessor().invoke(r);
        }
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<Record> all = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            for (Object value : variationsOf(values[i])) {
                Object[] changed = values.clone();
                changed[i] = value;
                try {
                    all.add(r.getClass().getDeclaredConstructor(types).newInstance(changed));
                } catch (InvocationTargetException e) {
                    assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
                }
            }
        }
        return all;
    }

    private static List<? extends Object> variationsOf(Object v) throws ReflectiveOperationException {
        if (v instanceof String s) {
            return List.of(s + "x");
        } else if (v instanceof Version) {
            return List.of(Version.parse("99.9"));
        } else if (v instanceof Integer i) {
            return List.of(i + 1);
        } else if (v instanceof Long l) {
            return List.of(l + 1);
        } else if (v instanceof Boolean b) {
            return List.of(!b);
        } else if (v instanceof Duration d) {
            return List.of(d.plusMillis(1));
        } else if (v instanceof Instant t) {
            return List.of(t.plusNanos(1000));
        } else if (v instanceof Enum<?> e) {
            return Arrays.stream(e.getDeclaringClass().getEnumConstants())
                    .filter(other -> !other.equals(e))
                    .limit(1)
                    .toList();
        } else if (v instanceof Optional<?> o) {
            List<Object> all = new ArrayList<>();
            if (o.isPresent()) {
                all.add(Optional.empty());
                variationsOf(o.get()).forEach(other -> all.add(Optional.of(other)));
            }
            return all;
        } else if (v instanceof SortedMap<?, ?> m) {
            return List.of(new TreeMap<>(Map.of("some", "thing " + m.size())));
        } else if (v instanceof List<?> l && l.isEmpty()) {
            return List.of();
        } else if (v instanceof List<?> l) {
            List<Object> all = new ArrayList<>();
            all.add(l.subList(0, l.size() - 1));
            for (Object first : variationsOf(l.get(0))) {
                List<Object> changed = new ArrayList<>(l);
                changed.set(0, first);
                all.add(changed);
            }
            return all;
        }
        return variations((Record) v);
    }

    @Test
    void modesAreReadBack() {
        for (Mode m : Mode.values()) {
            Plan p = Situation.of("shop", "23.01", "23.04", "n1", "n2").mode(m).plan();
            assertThat(PlanCodec.decode(PlanCodec.encode(p))).isEqualTo(p);
        }
    }
}
