using System.Diagnostics;
using System.Text.Json;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>The result of a command.</summary>
internal sealed record KubectlResult(int ExitCode, string Output, string Error)
{
    private const int ShownLines = 8;

    /// <summary>Its last lines.</summary>
    public string Tail => string.Join('\n', $"{Output}\n{Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(ShownLines));
}

/// <summary>The cluster of one context of kubectl's configuration, and never another: every command names it.</summary>
internal sealed class Kubectl(Surroundings surroundings, string context)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public string Context => context;

    /// <summary>How a command is started; without input, because there is nobody to answer prompts.</summary>
    public ProcessStartInfo StartOf(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(surroundings.Program, ["--context", context, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (surroundings.KubeConfig is { } file)
            start.Environment["KUBECONFIG"] = file;
        return start;
    }

    /// <summary>Runs a command to completion.</summary>
    /// <exception cref="InvalidOperationException">It did not end within the limit.</exception>
    public async Task<KubectlResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, TimeSpan? limit = null, string input = "")
    {
        using var process = Process.Start(StartOf(arguments))!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var most = limit ?? s_limit;
        deadline.CancelAfter(most);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteAsync(process.StandardInput, input, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{Shown(arguments)} did not end within {most.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public async Task<string> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, TimeSpan? limit = null, string input = "")
    {
        var result = await TryAsync(arguments, cancellation, limit, input);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{Shown(arguments)} ended with exit code {result.ExitCode}: {result.Tail}");
    }

    /// <summary>The objects that <c>kubectl get</c> finds.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetAsync(IReadOnlyList<string> what, CancellationToken cancellation)
    {
        using var list = JsonDocument.Parse(await RunAsync(["get", .. what, "-o", "json"], cancellation));
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.Clone())];
    }

    private string Shown(IReadOnlyList<string> arguments) => $"kubectl --context {context} {string.Join(' ', arguments)}";

    private static async Task WriteAsync(StreamWriter to, string input, CancellationToken cancellation)
    {
        try
        {
            await to.WriteAsync(input.AsMemory(), cancellation);
            to.Close();
        }
        catch (IOException)
        {
            // A command that exits before it has read its input reports why itself.
        }
    }
}
