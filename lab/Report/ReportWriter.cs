using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>Writes the report: one file that needs no other, no network, and, in English, no script.</summary>
public static class ReportWriter
{
    /// <summary>Writes or replaces <c>index.html</c>.</summary>
    /// <param name="folder">The folder; it is created when it does not exist.</param>
    /// <param name="experiments">All experiments, in the report's order; one without a result is listed as not run.</param>
    /// <param name="results">Their results.</param>
    /// <param name="cancellation">Stops the writing; a report that was there before remains.</param>
    /// <returns>The file's path.</returns>
    public static async Task<string> WriteAsync(
        string folder, IReadOnlyList<Description> experiments, IReadOnlyList<Result> results, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync($"{path}.tmp", Render(experiments, results), cancellation);
        File.Move($"{path}.tmp", path, overwrite: true);
        return path;
    }

    internal static string Render(IReadOnlyList<Description> experiments, IReadOnlyList<Result> results) =>
        Page.Render(Entry.From(experiments, results), new(results)).ToString();
}
