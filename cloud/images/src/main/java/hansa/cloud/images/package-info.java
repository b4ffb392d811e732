/** Disk files: what their formats say of them, and their conversion by QEMU's tool under limits. */
@NullMarked
package hansa.cloud.images;

import org.jspecify.annotations.NullMarked;
