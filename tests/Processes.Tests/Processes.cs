namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>The processes of this machine, as /proc tells of them.</summary>
internal static class Processes
{
    public static IEnumerable<int> All => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out var pid) ? pid : 0).Where(pid => pid > 0);

    /// <summary>The folders that an AppHost has put its servers' files in.</summary>
    public static IReadOnlySet<string> RunFolders(int appHost) =>
        Directory.EnumerateDirectories(Path.GetTempPath(), "msaaspire-run-*").Where(folder => IsOf(folder, appHost)).ToHashSet();

    /// <summary>What mentions the text (a folder, or the id of the AppHost that DCP watches) in its command line, environment or working folder.</summary>
    public static IEnumerable<int> Of(string text) => All.Where(pid => Mentions(pid, text));

    public static string Name(int pid) => Read(pid, "comm").Trim();

    private static bool IsOf(string folder, int appHost)
    {
        try
        {
            return File.ReadLines(Path.Combine(folder, "host")).FirstOrDefault() == $"{appHost}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Mentions(int pid, string text) =>
        Read(pid, "cmdline").Replace('\0', ' ').Contains(text, StringComparison.Ordinal)
        || Read(pid, "environ").Contains(text, StringComparison.Ordinal)
        || new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget?.StartsWith(text, StringComparison.Ordinal) == true;

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
