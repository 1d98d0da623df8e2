using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>How a built project is started.</summary>
internal sealed record ProjectBinary(string Path, IReadOnlyList<string> Arguments);

/// <summary>
/// Finds what building the AppHost has built for a project, to start it without <c>dotnet run</c> in between: a wrapper costs a second at the start and
/// six at the stop.
/// </summary>
internal sealed partial class ProjectBinaries(string configuration)
{
    private static readonly TimeSpan s_evaluationTimeout = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Task<string?>> _evaluated = new();

    /// <exception cref="DistributedApplicationException">The project does not exist or is not built.</exception>
    public async Task<ProjectBinary> FindAsync(string resourceName, IProjectMetadata project, CancellationToken cancellationToken)
    {
        var path = project.ProjectPath;
        if (!File.Exists(path))
            throw new DistributedApplicationException($"The project '{path}' of resource '{resourceName}' does not exist. Correct the path or remove the resource.");

        // Where builds put things unless told otherwise; if they were, MSBuild knows, but takes seconds to tell.
        var assembly = FindByConvention(path)
            ?? await _evaluated.GetOrAdd(path, p => EvaluateTargetPathAsync(p, cancellationToken)).ConfigureAwait(false);
        return assembly is not null && File.Exists(assembly)
            ? ToBinary(assembly)
            : throw new DistributedApplicationException(
                $"The project '{path}' of resource '{resourceName}' is not built in the configuration {configuration}. Run: dotnet build \"{path}\" -c {configuration}");
    }

    private static ProjectBinary ToBinary(string assembly)
    {
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(program) ? new ProjectBinary(program, []) : new ProjectBinary(DotNetHost.Command, [assembly]);
    }

    private string? FindByConvention(string projectPath)
    {
        var name = AssemblyName().Match(File.ReadAllText(projectPath)) is { Success: true } match && !match.Groups["name"].Value.Contains('$')
            ? match.Groups["name"].Value.Trim()
            : Path.GetFileNameWithoutExtension(projectPath);
        var output = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", configuration));
        // One folder a target framework; a framework that the project has left behind is older than the one it is built for now.
        return !output.Exists
            ? null
            : output.EnumerateDirectories()
                .Select(framework => new FileInfo(Path.Combine(framework.FullName, name + ".dll")))
                .Where(assembly => File.Exists(Path.ChangeExtension(assembly.FullName, ".runtimeconfig.json")) && assembly.Exists)
                .MaxBy(assembly => assembly.LastWriteTimeUtc)?.FullName;
    }

    private async Task<string?> EvaluateTargetPathAsync(string projectPath, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotNetHost.Command) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = ["msbuild", projectPath, "-getProperty:TargetPath", $"-p:Configuration={configuration}", "-nologo"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_evaluationTimeout);
        try
        {
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    [GeneratedRegex("<AssemblyName>(?<name>[^<]+)</AssemblyName>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssemblyName();
}
