/** The sample product: a replicated key-value store over HTTP on JGroups, small but a real cluster, for demonstrations and tests. */
@NullMarked
package dev.rota.sample;

import org.jspecify.annotations.NullMarked;
