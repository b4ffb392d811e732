package hansa.drivers.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What is done with C's pointers, where Java cannot check that it is right. */
@SuppressWarnings("restricted")
final class Pointers {

    private Pointers() {}

    /** The memory that a pointer points to, this many bytes of it. */
    static MemorySegment sized(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    /** The text that a pointer points to, up to its NUL. */
    static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** The pointers of an array that is {@code count} long. */
    static MemorySegment[] array(MemorySegment array, int count) {
        MemorySegment sized = sized(array, count * ADDRESS.byteSize());
        MemorySegment[] pointers = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            pointers[i] = sized.getAtIndex(ADDRESS, i);
        }
        return pointers;
    }

    /** A C function that runs a handle; it takes pointers, answers nothing and lives as long as the process. */
    static MemorySegment function(MethodHandle handle) {
        var signature = FunctionDescriptor.ofVoid();
        for (int i = 0; i < handle.type().parameterCount(); i++) {
            signature = signature.appendArgumentLayouts(ADDRESS);
        }
        return Linker.nativeLinker().upcallStub(handle, signature, Arena.global());
    }
}
