/** What release notes say: findings with the lines they came from, the hops of a folder, the verdict for a hop. Pure. */
@NullMarked
package dev.rota.coordinator.notes;

import org.jspecify.annotations.NullMarked;
