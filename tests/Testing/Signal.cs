using System.Runtime.InteropServices;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>The signals that end an AppHost.</summary>
public enum Signal
{
    None,

    /// <summary>What Ctrl+C sends.</summary>
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>Sends them, by the system's call.</summary>
public static partial class Signals
{
    /// <summary>Sends a signal to a process that may have ended.</summary>
    public static void TrySend(int processId, Signal signal) => _ = Kill(processId, (int)signal);

    /// <summary>Sends a signal to a process that must be there.</summary>
    public static void Send(int processId, Signal signal) => Assert.Equal(0, Kill(processId, (int)signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
