package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A frozen map is what a tree map would be, but for changes. */
class FrozenTest {
    private static final List<String> KEYS = List.of("", "a", "b", "n1", "n10", "n2", "z");

    @Test
    void itGrowsLikeATreeMapWhateverTheOrder() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            TreeMap<String, Integer> tree = new TreeMap<>();
            SortedMap<String, Integer> frozen = Frozen.copyOf(new TreeMap<>());
            for (int i = 0; i < 12; i++) {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                SortedMap<String, Integer> before = frozen;
                Map<String, Integer> copy = new TreeMap<>(before);
                frozen = Frozen.with(frozen, key, i);
                assertThat(before).as("the one before stays, seed %d", seed).isEqualTo(copy);
                tree.put(key, i);
                same(frozen, tree);
            }
        }
    }

    private static void same(SortedMap<String, Integer> frozen, SortedMap<String, Integer> tree) {
        assertThat(frozen).isEqualTo(tree).hasSameSizeAs(tree).hasSameHashCodeAs(tree);
        assertThat(tree).isEqualTo(frozen);
        assertThat(Frozen.copyOf(tree)).isEqualTo(frozen);
        assertThat(List.copyOf(frozen.entrySet())).isEqualTo(List.copyOf(tree.entrySet()));
        List<String> visited = new ArrayList<>();
        frozen.forEach((key, value) -> visited.add(key + value));
        List<String> expected = new ArrayList<>();
        tree.forEach((key, value) -> expected.add(key + value));
        assertThat(visited).isEqualTo(expected);
        assertThat(frozen.firstKey()).isEqualTo(tree.firstKey());
        assertThat(frozen.lastKey()).isEqualTo(tree.lastKey());
        for (String key : KEYS) {
            assertThat(frozen.get(key)).isEqualTo(tree.get(key));
            assertThat(frozen.containsKey(key)).isEqualTo(tree.containsKey(key));
            assertThat(frozen.headMap(key)).isEqualTo(tree.headMap(key));
            assertThat(frozen.tailMap(key)).isEqualTo(tree.tailMap(key));
            assertThat(frozen.subMap("a", "n2")).isEqualTo(tree.subMap("a", "n2"));
        }
    }

    @Test
    void itCannotBeChanged() {
        SortedMap<String, Integer> frozen = Frozen.copyOf(new TreeMap<>(Map.of("a", 1)));
        assertThatThrownBy(() -> frozen.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(frozen::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(frozen).containsExactly(Map.entry("a", 1));
        assertThat(Frozen.copyOf(frozen)).isSameAs(frozen);
    }

    @Test
    void anEmptyOneHasNoEnds() {
        SortedMap<String, Integer> empty = Frozen.copyOf(new TreeMap<>());
        assertThatThrownBy(empty::firstKey).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(empty::lastKey).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> empty.subMap("b", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frozen.copyOf(new TreeMap<String, Integer>(Comparator.reverseOrder())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
