package hansa.drivers.libvirt;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** A function of a C library. Safe for many threads as far as the function is. */
final class NativeFunction {

    private final String name;
    private final MethodHandle handle;

    /** @throws UnsatisfiedLinkError when the library has no such function */
    @SuppressWarnings("restricted")
    NativeFunction(SymbolLookup library, String name, FunctionDescriptor signature) {
        this.name = name;
        MemorySegment address =
                library.find(name).orElseThrow(() -> new UnsatisfiedLinkError("there is no function " + name));
        this.handle = Linker.nativeLinker()
                .downcallHandle(address, signature)
                .asSpreader(Object[].class, signature.argumentLayouts().size())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    /** Calls it, where it answers with a C {@code int}. */
    int number(Object... arguments) {
        return (int) call(arguments);
    }

    /** Calls it, where it answers with a pointer. */
    MemorySegment pointer(Object... arguments) {
        return (MemorySegment) call(arguments);
    }

    /** Calls it, where it answers nothing. */
    void run(Object... arguments) {
        call(arguments);
    }

    @SuppressWarnings("NullAway") // a void function answers null, and run() does not look
    private Object call(Object... arguments) {
        try {
            return (Object) handle.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the call of " + name + " failed", e);
        }
    }
}
