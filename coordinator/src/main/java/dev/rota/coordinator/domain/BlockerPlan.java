package dev.rota.coordinator.domain;

/**
 * An external check that may keep the next node from being taken out of service.
 *
 * @param what is asked, in one line; two that ask the same have the same line
 */
public record BlockerPlan(String name, String what) {}
