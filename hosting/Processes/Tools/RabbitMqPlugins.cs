using System.Text.RegularExpressions;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>The parts of a RabbitMQ installation; each is in a folder `name-version` with an Erlang application file that names what it needs.</summary>
internal static partial class RabbitMqPlugins
{
    /// <summary>
    /// Deletes all but the broker, the management plugin and what they need: of 77 folders 32 are left. Erlang looks for each of hundreds
    /// of modules in one folder after the other, so the rest would cost a third of each start.
    /// </summary>
    public static void Prune(string folder)
    {
        var folders = new DirectoryInfo(folder).EnumerateDirectories().ToDictionary(plugin => plugin.Name[..plugin.Name.LastIndexOf('-')]);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(["rabbit", "rabbitmq_prelaunch", "rabbitmq_management"]);
        while (open.TryPop(out var name))
        {
            if (folders.TryGetValue(name, out var plugin) && needed.Add(name))
            {
                var application = File.ReadAllText(Path.Combine(plugin.FullName, "ebin", $"{name}.app"));
                foreach (var applications in Applications().Matches(application).Select(match => match.Groups["names"].Value))
                {
                    Array.ForEach(applications.Split(',', StringSplitOptions.TrimEntries), open.Push);
                }
            }
        }

        foreach (var (_, plugin) in folders.Where(entry => !needed.Contains(entry.Key)))
        {
            plugin.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"\{\s*(included_)?applications\s*,\s*\[(?<names>[^\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Applications();
}
