package dev.rota.coordinator.rollout;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sorted collections that nobody can change any more: a state that takes them over from another one need not copy them again. */
final class Frozen {
    private Frozen() {}

    /** The map itself when it is frozen, else a frozen copy. */
    static <V> SortedMap<String, V> copyOf(SortedMap<String, V> map) {
        return map instanceof FrozenMap<V> frozen ? frozen : new FrozenMap<>(new TreeMap<>(map));
    }

    /** The map itself when it is frozen, else a frozen copy with copies of the lists. */
    static <E> SortedMap<String, List<E>> copyOfLists(SortedMap<String, List<E>> map) {
        if (map instanceof FrozenMap<List<E>> frozen) {
            return frozen;
        }
        TreeMap<String, List<E>> copy = new TreeMap<>();
        map.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        return new FrozenMap<>(copy);
    }

    /** A frozen copy with that value. */
    static <V> SortedMap<String, V> with(SortedMap<String, V> map, String key, V value) {
        TreeMap<String, V> copy = new TreeMap<>(map);
        copy.put(key, value);
        return new FrozenMap<>(copy);
    }

    /** The set itself when it is frozen, else a frozen copy. */
    static SortedSet<String> copyOf(SortedSet<String> set) {
        return set instanceof FrozenSet frozen ? frozen : new FrozenSet(new TreeSet<>(set));
    }

    /** A frozen set of these and that one. */
    static SortedSet<String> with(SortedSet<String> set, String element) {
        if (set.contains(element)) {
            return copyOf(set);
        }
        TreeSet<String> copy = new TreeSet<>(set);
        copy.add(element);
        return new FrozenSet(copy);
    }

    /** A frozen set of these but that one. */
    static SortedSet<String> without(SortedSet<String> set, String element) {
        if (!set.contains(element)) {
            return copyOf(set);
        }
        TreeSet<String> copy = new TreeSet<>(set);
        copy.remove(element);
        return new FrozenSet(copy);
    }

    private static final class FrozenMap<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
        private final SortedMap<String, V> map;

        FrozenMap(SortedMap<String, V> owned) {
            this.map = Collections.unmodifiableSortedMap(owned);
        }

        @Override
        public @Nullable V get(Object key) {
            return map.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return map.containsKey(key);
        }

        @Override
        public Set<Map.Entry<String, V>> entrySet() {
            return map.entrySet();
        }

        @Override
        public @Nullable Comparator<? super String> comparator() {
            return map.comparator();
        }

        @Override
        public SortedMap<String, V> subMap(String from, String to) {
            return map.subMap(from, to);
        }

        @Override
        public SortedMap<String, V> headMap(String to) {
            return map.headMap(to);
        }

        @Override
        public SortedMap<String, V> tailMap(String from) {
            return map.tailMap(from);
        }

        @Override
        public String firstKey() {
            return map.firstKey();
        }

        @Override
        public String lastKey() {
            return map.lastKey();
        }
    }

    private static final class FrozenSet extends AbstractSet<String> implements SortedSet<String> {
        private final SortedSet<String> set;

        FrozenSet(SortedSet<String> owned) {
            this.set = Collections.unmodifiableSortedSet(owned);
        }

        @Override
        public boolean contains(Object element) {
            return set.contains(element);
        }

        @Override
        public Iterator<String> iterator() {
            return set.iterator();
        }

        @Override
        public int size() {
            return set.size();
        }

        @Override
        public @Nullable Comparator<? super String> comparator() {
            return set.comparator();
        }

        @Override
        public SortedSet<String> subSet(String from, String to) {
            return set.subSet(from, to);
        }

        @Override
        public SortedSet<String> headSet(String to) {
            return set.headSet(to);
        }

        @Override
        public SortedSet<String> tailSet(String from) {
            return set.tailSet(from);
        }

        @Override
        public String first() {
            return set.first();
        }

        @Override
        public String last() {
            return set.last();
        }
    }
}
