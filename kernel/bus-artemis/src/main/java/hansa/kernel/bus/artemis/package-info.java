/** The bus on ActiveMQ Artemis, embedded or remote. */
@NullMarked
package hansa.kernel.bus.artemis;

import org.jspecify.annotations.NullMarked;
