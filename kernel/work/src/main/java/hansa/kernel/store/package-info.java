/** The store: durable state behind JDBI, on SQLite or PostgreSQL. */
@NullMarked
package hansa.kernel.store;

import org.jspecify.annotations.NullMarked;
