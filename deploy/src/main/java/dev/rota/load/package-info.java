/** What stands between clients and a cluster under test: a small load balancer, and clients that count what goes wrong. */
@NullMarked
package dev.rota.load;

import org.jspecify.annotations.NullMarked;
