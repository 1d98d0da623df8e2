using MsaAspire.Lab.Load;
using MsaAspire.Messaging;
using MsaAspire.Testing;
using Spectre.Console;

namespace Benchmarks.Messages;

/// <summary>From business row to inbox row: ours, two peers, and the bare servers as their ceilings; one after the other on the same servers.</summary>
internal static class MessagingBenchmark
{
    private const int Writers = 32, Phases = 5;

    public static async Task<int> RunAsync(TimeSpan duration, FileInfo? output, CancellationToken cancellation)
    {
        AnsiConsole.WriteLine("Starting PostgreSQL and RabbitMQ ...");
        ProcessAccounts.Begin();
        await using var servers = await BareServers.StartAsync(cancellation);
        var body = OutboxMessage.Create(Ledger.Module, OutboxToInbox.Type, OutboxToInbox.Data).Body;
        var phase = duration / Phases;
        var commits = await CeilingAsync("PostgreSQL alone", time => BareDatabase.CommitsPerSecondAsync(servers.Postgres, Writers, body, time, cancellation));
        var messages = await CeilingAsync("RabbitMQ alone", time => BareBroker.MessagesPerSecondAsync(servers.RabbitMQ, body, time, cancellation));
        var ours = await MeasureAsync(OutboxToInbox.Name, () => OutboxToInbox.MeasureAsync(servers, Writers, phase, cancellation));
        var wolverine = await MeasureAsync(WolverinePeer.Name, () => WolverinePeer.MeasureAsync(servers, Writers, body.Length, phase, cancellation));
        var massTransit = await MeasureAsync(MassTransitPeer.Name, () => MassTransitPeer.MeasureAsync(servers, Writers, body.Length, phase, cancellation));
        var report = new MessagingReport(duration, body.Length, Writers, commits, messages, ours.Messages, ours.Cpu,
        [
            new(WolverinePeer.Name, WolverinePeer.Guarantees, wolverine.Messages, wolverine.Cpu),
            new(MassTransitPeer.Name, MassTransitPeer.Guarantees, massTransit.Messages, massTransit.Cpu),
        ]);
        MessagingTable.Print(report);
        await JsonOutput.WriteAsync(report, output);
        return 0;

        async Task<double> CeilingAsync(string name, Func<TimeSpan, Task<double>> measure)
        {
            AnsiConsole.WriteLine($"{name} ...");
            await measure(phase * WriterLoad.WarmUp);
            return await measure(phase * (1 - WriterLoad.WarmUp));
        }

        static Task<MessageRate> MeasureAsync(string name, Func<Task<MessageRate>> measure)
        {
            AnsiConsole.WriteLine($"{name} ...");
            return measure();
        }
    }
}
