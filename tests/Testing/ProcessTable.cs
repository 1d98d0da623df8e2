namespace MsaAspire.Testing;

/// <summary>The processes of this machine, as /proc lists them: Linux only.</summary>
public static class ProcessTable
{
    public static IEnumerable<int> All =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out var pid) ? pid : 0).Where(pid => pid > 0);

    /// <summary>What has the text in its command line, in its environment, or at the beginning of its working folder.</summary>
    public static IEnumerable<int> Mentioning(string text) => All.Where(pid => Mentions(pid, text));

    /// <summary>What has the text (<c>NAME=value</c>) in its environment.</summary>
    public static IEnumerable<int> WithVariable(string text) => All.Where(pid => Read(pid, "environ").Contains(text, StringComparison.Ordinal));

    /// <summary>The first 15 characters of the program's name; empty when it has ended.</summary>
    public static string NameOf(int pid) => Read(pid, "comm").Trim();

    private static bool Mentions(int pid, string text) =>
        Read(pid, "cmdline").Replace('\0', ' ').Contains(text, StringComparison.Ordinal)
        || Read(pid, "environ").Contains(text, StringComparison.Ordinal)
        || new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget?.StartsWith(text, StringComparison.Ordinal) == true;

    // A process may end while it is looked at.
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
