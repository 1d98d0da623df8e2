using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Cli;

/// <summary>Whether processes live.</summary>
internal static class Processes
{
    public static bool IsAlive(int id) => IdentityOf(id) is not null;

    /// <summary>Tells a process from a later one of the same id; null when there is none.</summary>
    public static string? IdentityOf(int id)
    {
        try
        {
            // In the kernel's ticks, which a correction of the clock does not move. It is the 22nd field, counted behind the name in parentheses.
            if (OperatingSystem.IsLinux())
                return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ') is [_, not "Z", .. var fields] ? fields[18] : null;
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
