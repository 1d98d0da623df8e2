using System.Text.RegularExpressions;

namespace MsaAspire.Hosting.Processes;

/// <summary>Erlang/OTP's own application files, without their lists of modules.</summary>
/// <remarks>
/// RabbitMQ 3.10 loads each module of each application to look for boot steps, those of Erlang/OTP included, which have none: a quarter
/// of its start. Only tools that build releases need the list. Later versions look into RabbitMQ's own applications alone.
/// </remarks>
internal static partial class ErlangApplications
{
    /// <summary>Writes them into a folder, which has to come first on the code path. Writes none where Erlang has another layout.</summary>
    public static void WriteTo(string folder, string erlangBinFolder)
    {
        Directory.CreateDirectory(folder);
        var erl = new FileInfo(Path.Combine(erlangBinFolder, "erl"));
        var program = erl.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? erl.FullName;
        var libraries = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(program)!, "..", "lib"));
        if (!libraries.Exists)
        {
            return;
        }

        foreach (var file in libraries.EnumerateFiles("*.app", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }))
        {
            File.WriteAllText(Path.Combine(folder, file.Name), ModuleList().Replace(File.ReadAllText(file.FullName), "{modules, []}"));
        }
    }

    [GeneratedRegex(@"\{\s*modules\s*,\s*\[[^\]]*\]\s*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModuleList();
}
