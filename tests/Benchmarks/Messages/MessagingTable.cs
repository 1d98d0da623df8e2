using Spectre.Console;

namespace Benchmarks.Messages;

/// <summary>The figures of a run, for people.</summary>
internal static class MessagingTable
{
    public static void Print(MessagingReport report)
    {
        var ceilings = new Table().Title($"messages of {report.Bytes} bytes, {report.Writers} writers").AddColumns("", "a second", "outbox to inbox is");
        ceilings.AddRow("PostgreSQL alone: commits of two prepared inserts", $"{report.Commits:N0}", $"{report.OfCommits:P0}");
        ceilings.AddRow("RabbitMQ alone: published, confirmed, consumed, acknowledged", $"{report.BrokerMessages:N0}", $"{report.OfBrokerMessages:P0}");
        AnsiConsole.Write(ceilings);

        var peers = new Table().AddColumns("", "a second", "of ours", "CPU ms a message", "process + PostgreSQL + RabbitMQ");
        var guarantees = new Table().ShowRowSeparators().AddColumns("", "what holds when a process dies");
        foreach (var peer in report.Peers.Prepend(new(OutboxToInbox.Name, OutboxToInbox.Guarantees, report.Messages, report.Cpu)))
        {
            peers.AddRow(
                peer.Name, $"{peer.Messages:N0}", $"{peer.Messages / report.Messages:P0}", peer.Cpu is { } cpu ? $"{cpu.Total:0.00}" : "not on this system",
                peer.Cpu is { } parts ? $"{parts.Process:0.00} + {parts.Postgres:0.00} + {parts.Broker:0.00}" : "");
            guarantees.AddRow(peer.Name, peer.Guarantees);
        }

        AnsiConsole.Write(peers);
        AnsiConsole.Write(guarantees);
    }
}
