package dev.rota.coordinator.domain;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan took from the release notes.
 *
 * @param findings what the notes say about the way, in their order; at most {@value #MAX_FINDINGS}
 * @param manual what a person must do
 * @param assumed what was taken as known about the cluster, such as {@code storage} = {@code sql}
 * @param override why an operator overrode notes that are unclear; empty when nobody did
 * @param again why a version that was rolled back is tried again; empty when it was not
 */
public record Evidence(
        List<Citation> findings,
        List<ManualStep> manual,
        SortedMap<String, String> assumed,
        String override,
        String again) {
    /** More than a person reads. */
    public static final int MAX_FINDINGS = 200;

    /** Copies the collections. */
    public Evidence {
        findings = List.copyOf(findings);
        manual = List.copyOf(manual);
        assumed = Collections.unmodifiableSortedMap(new TreeMap<>(assumed));
    }

    /** Of a plan that no notes were read for. */
    public static Evidence none() {
        return new Evidence(List.of(), List.of(), new TreeMap<>(), "", "");
    }
}
