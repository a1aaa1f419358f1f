package dev.rota.coordinator.rollout;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sorted collections that nobody can change any more: a state that takes them over from another one need not copy them again. */
final class Frozen {
    private Frozen() {}

    /** The map itself when it is frozen, else a frozen copy. */
    static <V> SortedMap<String, V> copyOf(SortedMap<String, V> map) {
        return map instanceof FrozenMap<V> frozen ? frozen : new FrozenMap<>(map);
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
        return (map instanceof FrozenMap<V> frozen ? frozen : new FrozenMap<>(map)).with(key, value);
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

    /** Keys in order and their values: to be read, gone through and copied often, and never changed. */
    private static final class FrozenMap<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
        private final String[] keys;
        private final V[] values;

        FrozenMap(SortedMap<String, V> map) {
            this(map.keySet().toArray(String[]::new), values(map));
            if (map.comparator() != null) {
                throw new IllegalArgumentException("only maps in the natural order of their keys are frozen");
            }
        }

        private FrozenMap(String[] keys, V[] values) {
            this.keys = keys;
            this.values = values;
        }

        @SuppressWarnings("unchecked")
        private static <V> V[] values(SortedMap<String, V> map) {
            return (V[]) map.values().toArray();
        }

        FrozenMap<V> with(String key, V value) {
            int at = Arrays.binarySearch(keys, key);
            if (at >= 0) {
                V[] changed = values.clone();
                changed[at] = value;
                return new FrozenMap<>(keys, changed);
            }
            int place = -at - 1;
            String[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
            V[] moreValues = Arrays.copyOf(values, values.length + 1);
            for (int i = keys.length; i > place; i--) {
                moreKeys[i] = keys[i - 1];
                moreValues[i] = values[i - 1];
            }
            moreKeys[place] = key;
            moreValues[place] = value;
            return new FrozenMap<>(moreKeys, moreValues);
        }

        @Override
        public @Nullable V get(Object key) {
            int at = find(key);
            return at < 0 ? null : values[at];
        }

        @Override
        public boolean containsKey(Object key) {
            return find(key) >= 0;
        }

        private int find(Object key) {
            return key instanceof String text ? Arrays.binarySearch(keys, text) : -1;
        }

        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super V> action) {
            for (int i = 0; i < keys.length; i++) {
                action.accept(keys[i], values[i]);
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FrozenMap<?> frozen
                    ? Arrays.equals(keys, frozen.keys) && Arrays.equals(values, frozen.values)
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }

        @Override
        public Set<Map.Entry<String, V>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return keys.length;
                }

                @Override
                public Iterator<Map.Entry<String, V>> iterator() {
                    return new Entries();
                }
            };
        }

        private final class Entries implements Iterator<Map.Entry<String, V>> {
            private int next;

            @Override
            public boolean hasNext() {
                return next < keys.length;
            }

            @Override
            public Map.Entry<String, V> next() {
                if (next >= keys.length) {
                    throw new NoSuchElementException();
                }
                return Map.entry(keys[next], values[next++]);
            }
        }

        @Override
        public @Nullable Comparator<? super String> comparator() {
            return null;
        }

        @Override
        public SortedMap<String, V> subMap(String from, String to) {
            if (from.compareTo(to) > 0) {
                throw new IllegalArgumentException("from " + from + " to " + to);
            }
            return range(place(from), place(to));
        }

        @Override
        public SortedMap<String, V> headMap(String to) {
            return range(0, place(to));
        }

        @Override
        public SortedMap<String, V> tailMap(String from) {
            return range(place(from), keys.length);
        }

        private int place(String key) {
            int at = Arrays.binarySearch(keys, key);
            return at < 0 ? -at - 1 : at;
        }

        private FrozenMap<V> range(int from, int to) {
            return new FrozenMap<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
        }

        @Override
        public String firstKey() {
            return key(0);
        }

        @Override
        public String lastKey() {
            return key(keys.length - 1);
        }

        private String key(int at) {
            if (keys.length == 0) {
                throw new NoSuchElementException();
            }
            return keys[at];
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
