/** Who is who: the certificate authority, the identities its certificates carry, and files that must stay private. */
@NullMarked
package dev.rota.coordinator.security;

import org.jspecify.annotations.NullMarked;
