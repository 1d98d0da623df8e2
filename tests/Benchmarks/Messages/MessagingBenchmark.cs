using MsaAspire.Messaging;
using MsaAspire.Testing;
using Spectre.Console;

namespace Benchmarks.Messages;

/// <summary>The figures of one run; all of the same machine and the same minutes.</summary>
/// <param name="Bytes">Size of a message.</param>
/// <param name="Writers">Connections that commit at once.</param>
/// <param name="Commits">Bare commits of two prepared inserts, a second.</param>
/// <param name="BrokerMessages">Bare messages published, confirmed, consumed and acknowledged, a second.</param>
/// <param name="Messages">Messages from business row to inbox row, a second.</param>
public sealed record MessagingReport(TimeSpan Duration, int Bytes, int Writers, double Commits, double BrokerMessages, double Messages)
{
    public double OfCommits => Messages / Commits;

    public double OfBrokerMessages => Messages / BrokerMessages;
}

internal static class MessagingBenchmark
{
    private const int Writers = 32, Phases = 3;

    /// <summary>Before each measured phase, the same work for this part of its time: code is compiled, files are made.</summary>
    private const double WarmUp = 0.2;

    public static async Task<int> RunAsync(TimeSpan duration, FileInfo? output, CancellationToken cancellation)
    {
        AnsiConsole.WriteLine("Starting PostgreSQL and RabbitMQ ...");
        await using var servers = await BareServers.StartAsync(cancellation);
        var body = OutboxMessage.Create(Ledger.Module, OutboxToInbox.Type, OutboxToInbox.Data).Body;
        var report = new MessagingReport(
            duration, body.Length, Writers,
            await PhaseAsync("PostgreSQL alone", time => BareDatabase.CommitsPerSecondAsync(servers.Postgres, Writers, body, time, cancellation)),
            await PhaseAsync("RabbitMQ alone", time => BareBroker.MessagesPerSecondAsync(servers.RabbitMQ, body, time, cancellation)),
            await PhaseAsync("outbox to inbox", time => OutboxToInbox.MessagesPerSecondAsync(servers, Writers, time, cancellation)));

        var table = new Table().Title($"messages of {report.Bytes} bytes, {Writers} writers").AddColumns("", "a second", "outbox to inbox is");
        table.AddRow("PostgreSQL alone: commits of two prepared inserts", $"{report.Commits:N0}", $"{report.OfCommits:P0}");
        table.AddRow("RabbitMQ alone: published, confirmed, consumed, acknowledged", $"{report.BrokerMessages:N0}", $"{report.OfBrokerMessages:P0}");
        table.AddRow("outbox to inbox", $"{report.Messages:N0}", "");
        AnsiConsole.Write(table);
        await JsonOutput.WriteAsync(report, output);
        return 0;

        async Task<double> PhaseAsync(string name, Func<TimeSpan, Task<double>> measure)
        {
            AnsiConsole.WriteLine($"{name} ...");
            var phase = duration / Phases;
            await measure(phase * WarmUp);
            return await measure(phase * (1 - WarmUp));
        }
    }
}
