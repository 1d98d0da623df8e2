using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MsaAspire.Hosting.Processes;

/// <summary>The line that says why a resource keeps others waiting, and what to do.</summary>
internal sealed partial class BlockedResource(DistributedApplicationModel model, ResourceLoggerService logs)
{
    /// <summary>One line: name, state, reason of its health check, last line of its log, and the fix where it is known.</summary>
    public async Task<string> DescribeAsync(ResourceEvent change, IReadOnlyList<string> waiting, TimeSpan patience, CancellationToken cancellationToken)
    {
        var reason = string.Join("; ", change.Snapshot.HealthReports.Where(report => report.Status is not HealthStatus.Healthy).Select(Reason).OfType<string>().Distinct(StringComparer.Ordinal));
        var last = await LastLineAsync(change.Resource, cancellationToken);
        return string.Join(' ', new[]
        {
            $"'{change.Resource.Name}', which {string.Join(", ", waiting.Distinct(StringComparer.Ordinal))} {(waiting.Count == 1 ? "waits" : "wait")} for, {State(change.Snapshot, patience)}.",
            reason.Length > 0 ? $"Its check: {Sentence(reason)}" : null,
            last is null ? null : $"Its last log line: {Sentence(last)}",
            PasswordAdvice(change.Resource, [.. change.Snapshot.HealthReports.Select(report => report.ExceptionText).OfType<string>(), last ?? ""]),
        }.OfType<string>());
    }

    private static string State(CustomResourceSnapshot snapshot, TimeSpan patience) =>
        snapshot.State?.Text == KnownResourceStates.FailedToStart ? "has failed to start"
        : KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) ? $"has ended{(snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}"
        : $"has been unhealthy for {patience.TotalSeconds:0} s";

    // What is wrong is said by the innermost exception; the others say what came of it.
    private static string? Reason(HealthReportSnapshot report)
    {
        var lines = (report.ExceptionText ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.LastOrDefault(line => line.StartsWith("---> ", StringComparison.Ordinal))?[5..] ?? lines.FirstOrDefault() ?? report.Description;
    }

    /// <summary>A server's own log, or that of the process behind it when it has not come so far as to have one.</summary>
    private async Task<string?> LastLineAsync(IResource resource, CancellationToken cancellationToken)
    {
        var sources = model.Resources.OfType<ServerProcessResource>().Where(process => process.Parent == resource && process.DataFolder is not null).Prepend(resource);
        foreach (var source in sources)
        {
            string? last = null;
            await foreach (var lines in logs.GetAllAsync(source).WithCancellation(cancellationToken))
            {
                last = lines.Select(line => Timestamps().Replace(line.Content, "").Trim()).LastOrDefault(IsOwn) ?? last;
            }

            if (last is not null)
            {
                return last;
            }
        }

        return null;
    }

    // What DCP says of the process comes behind all that the process has said itself.
    private static bool IsOwn(string line) => line.Length > 0 && !line.StartsWith("[sys]", StringComparison.Ordinal);

    /// <summary>A server keeps the password that its data was made with; another one in the AppHost's secrets changes nothing there.</summary>
    private string? PasswordAdvice(IResource resource, string[] evidence)
    {
        var password = (resource as PostgresServerResource)?.PasswordParameter ?? (resource as RabbitMQServerResource)?.PasswordParameter;
        if (password is null || !Array.Exists(evidence, WrongPassword().IsMatch))
        {
            return null;
        }

        var folders = model.Resources.OfType<ServerProcessResource>().Select(process => process.DataFolder).OfType<string>().ToList();
        var own = model.Resources.OfType<ServerProcessResource>().FirstOrDefault(process => process.Parent == resource && process.DataFolder is not null)?.DataFolder;
        return $"What to do: the data{(own is null ? "" : $" in {own}")} was made with another password. Set the old one with `dotnet user-secrets set Parameters:{password.Name} PASSWORD` in the AppHost's folder"
            + (folders.Count > 0 ? $", or stop the AppHost and delete the data of all servers, which belongs together: {string.Join(" and ", folders)}." : ", or delete the data of all servers, which belongs together.");
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    // 28P01 of PostgreSQL; RabbitMQ's answer and what it logs, of which a client sees one or the other.
    [GeneratedRegex(@"\b28P01\b|ACCESS_REFUSED|invalid credentials", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WrongPassword();

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*( UTC|[+-]\d\d:\d\d)? )+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timestamps();
}
