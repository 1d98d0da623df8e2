namespace Aspire.Hosting.Dcp;

/// <summary>Session folders in the temp folder, named after the process that owns them, so that what a crash left can be told from what is in use.</summary>
internal static class SessionFolder
{
    private const string Prefix = "aspire-dcp-";

    /// <summary>Longer than DCP takes to stop everything after its AppHost is gone.</summary>
    private static readonly TimeSpan s_graceAfterDeath = TimeSpan.FromMinutes(5);

    public static string Create()
    {
        RemoveAbandoned();
        return Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;
    }

    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Gone already, or DCP is removing it at this moment.
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's.
        }
    }

    /// <summary>DCP removes its folder itself unless it was killed too; this catches that case.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, out var pid) && !IsAlive(pid) && Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow - s_graceAfterDeath)
                Delete(folder);
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
