/** What operators see when a rollout waits for them. */
@org.jspecify.annotations.NullMarked
package dev.rota.hold;
