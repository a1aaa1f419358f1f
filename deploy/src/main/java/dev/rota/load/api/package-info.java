/** Clients of an HTTP API behind one address, which never retry, and what they find: failures, wrong answers, gaps. */
@NullMarked
package dev.rota.load.api;

import org.jspecify.annotations.NullMarked;
