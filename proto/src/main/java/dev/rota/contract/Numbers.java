package dev.rota.contract;

import java.util.List;

/** Lists of numbers in which one that is not there counts as 0: {@code 1} and {@code 1.0} are the same. */
final class Numbers {
    private Numbers() {}

    static int at(List<Integer> numbers, int i) {
        return i < numbers.size() ? numbers.get(i) : 0;
    }

    static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            int c = Integer.compare(at(one, i), at(other, i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    static int hash(List<Integer> numbers) {
        int last = numbers.size();
        while (last > 0 && numbers.get(last - 1) == 0) {
            last--;
        }
        return numbers.subList(0, last).hashCode();
    }
}
