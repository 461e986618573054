package dev.sluice.abi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.compiler.internal.ClassCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;

/// The classes that one module was compiled to, and their own loader.
///
/// Thread: any, once compiled.
final class ModuleClasses extends ClassLoader implements ClassCollector {
    private final Map<String, byte[]> pending = new HashMap<>();
    private String mainClassName = "";
    private long codeBytes;

    ModuleClasses() {
        super(Compiler.class.getClassLoader());
    }

    /// What makes the machine of an instance.
    MethodHandle machines() {
        try {
            MethodHandle constructor =
                    MethodHandles.publicLookup()
                            .findConstructor(
                                    loadClass(mainClassName),
                                    MethodType.methodType(void.class, Instance.class));
            return constructor.asType(MethodType.methodType(Machine.class, Instance.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class " + mainClassName, e);
        }
    }

    /// Defines and verifies every class now, so that no caller of the guest pays for it.
    void loadAll() {
        try {
            for (String name : List.copyOf(pending.keySet())) {
                Class.forName(name, true, this);
            }
        } catch (ClassNotFoundException e) {
            throw new LinkageError("generated class " + e.getMessage(), e);
        }
    }

    /// Finds its own classes itself. A parent that is asked for a name keeps a lock for that name
    /// as long as it lives, and the names of generated classes are new with every module.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return pending.containsKey(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    /// How many bytes of class files.
    long codeBytes() {
        return codeBytes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = pending.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public String mainClassName() {
        return mainClassName;
    }

    @Override
    public void putMainClass(String className, byte[] bytes) {
        mainClassName = className.replace('/', '.');
        put(className, bytes);
    }

    @Override
    public void put(String name, byte[] data) {
        pending.put(name.replace('/', '.'), data);
        codeBytes += data.length;
    }

    @Override
    public void putAll(ClassCollector collector) {
        collector.classBytes().forEach(this::put);
    }

    @Override
    public Map<String, byte[]> classBytes() {
        return Map.copyOf(pending);
    }

    @Override
    public byte[] resolve(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new LinkageError("class file of " + type.getName() + " not found");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
