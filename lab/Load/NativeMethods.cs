using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MsaAspire.Lab.Load;

/// <summary>
/// A sleep to the tenth of a millisecond: <see cref="Thread.Sleep(int)"/> knows whole ones, and to spin would take a core from the shop.
/// </summary>
internal static partial class NativeMethods
{
    private const int ClockMonotonic = 1, Absolute = 1, Interrupted = 4;

    /// <summary>
    /// Returns at <paramref name="timestamp"/> of <see cref="Stopwatch"/>, which on Linux is the monotonic clock in nanoseconds.
    /// </summary>
    public static void SleepUntil(long timestamp)
    {
        var until = new TimeSpec(
            (nint)(timestamp / Stopwatch.Frequency), (nint)(timestamp % Stopwatch.Frequency * (1_000_000_000 / Stopwatch.Frequency)));
        while (Sleep(ClockMonotonic, Absolute, in until, 0) == Interrupted)
        {
            // A signal came; the time is absolute.
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Sleep(int clock, int flags, in TimeSpec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
