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

internal static partial class Signals
{
    public static void Send(int processId, Signal signal) => Assert.Equal(0, Kill(processId, (int)signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
