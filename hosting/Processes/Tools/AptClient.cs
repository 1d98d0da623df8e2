using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Downloads files of the Debian archive with the machine's own apt, so that mirror, proxy and credentials are those the machine has been set up with. Needs no root.</summary>
/// <param name="AptGet">Knows the machine's package sources.</param>
/// <param name="Helper">Downloads; part of every apt.</param>
internal sealed partial record AptClient(string AptGet, string Helper)
{
    /// <summary>Names a mirror where the machine's sources have none.</summary>
    public const string MirrorVariable = "MSAASPIRE_DEBIAN_MIRROR";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Null on a machine without apt.</summary>
    public static AptClient? Find() =>
        Machine.FindProgram("apt-get") is { } aptGet && Machine.FindProgram("apt-helper", "/usr/lib/apt") is { } helper ? new AptClient(aptGet, helper) : null;

    /// <summary>Downloads into the folder, under the files' own names.</summary>
    /// <param name="tool">What the files are.</param>
    /// <param name="paths">Places in the archive, such as `pool/main/z/zlib/zlib1g_1.3.1_amd64.deb`.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="ToolException">No mirror is known, or none has all of them.</exception>
    public async Task DownloadAsync(LockedTool<LockedArchives> tool, IReadOnlyCollection<string> paths, string folder, CancellationToken cancellationToken)
    {
        var tail = "";
        foreach (var mirror in await MirrorsAsync(tool, cancellationToken))
        {
            var files = paths.SelectMany(path => new[] { $"{mirror.TrimEnd('/')}/{path}", Path.Combine(folder, Path.GetFileName(path)) });
            var result = await RunAsync(Helper, ["-q", "-o", "APT::Sandbox::User=root", "download-file", .. files], cancellationToken);
            if (result.ExitCode == 0)
            {
                return;
            }

            tail += $"\n{mirror}: {result.Tail}";
        }

        throw new ToolException($"{tool.Description} is not available from the Debian mirror that apt uses here. \"404\" means that the mirror has replaced the versions that tools.lock.json pins by newer ones:{tail}\nWhat to do: {tool.WhatToDo}.");
    }

    // Other repositories for Debian have suites of the same names, but no updates beside them.
    private async Task<IReadOnlyList<string>> MirrorsAsync(LockedTool<LockedArchives> tool, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(MirrorVariable) is { Length: > 0 } given)
        {
            return [given];
        }

        var result = await RunAsync(AptGet, ["indextargets", "--no-release-info", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"], cancellationToken);
        var sources = result.Output.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length == 3).Select(fields => (Uri: fields[0], Suite: fields[1], Component: fields[2])).ToHashSet();
        string[] mirrors = [.. sources.Where(source => source.Component == "main" && DebianSuite().IsMatch(source.Suite))
            .OrderByDescending(source => sources.Contains(source with { Suite = source.Suite + "-updates" }))
            .Select(source => source.Uri).Distinct()];
        var known = string.Join(", ", sources.Select(source => source.Uri).Distinct());
        return mirrors.Length > 0 ? mirrors : throw new ToolException(
            $"{tool.Description} comes from the Debian archive, and apt has no Debian mirror among its sources here ({(known.Length > 0 ? known : "it has none")}). "
            + $"What to do: set the environment variable {MirrorVariable} to the address of one (every file is checked by its hash), or {tool.WhatToDo}.");
    }

    private static Task<ChildResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["LC_ALL"] = "C";
        return ChildProcess.RunAsync(start, Limit, cancellationToken);
    }

    [GeneratedRegex("^(old|oldold)?(stable|bullseye|bookworm|trixie|forky|duke|testing|unstable|sid)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DebianSuite();
}
