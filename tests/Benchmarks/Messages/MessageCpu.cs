using MsaAspire.Lab.Load;

namespace Benchmarks.Messages;

/// <summary>How fast messages came through, and what each cost.</summary>
/// <param name="Messages">A second, from the writers' start until the last one was handled.</param>
/// <param name="Cpu">Null where there is no /proc.</param>
public sealed record MessageRate(double Messages, MessageCpu? Cpu);

/// <summary>Processor time in milliseconds for each message.</summary>
/// <param name="Process">Of this process: the writers, relay and consumer, and the little that the AppHost needs.</param>
/// <param name="Postgres">Of PostgreSQL.</param>
/// <param name="Broker">Of RabbitMQ.</param>
public sealed record MessageCpu(double Process, double Postgres, double Broker)
{
    public double Total => Process + Postgres + Broker;

    /// <summary>What has been used so far, in milliseconds. <see cref="ProcessAccounts.Begin"/> precedes the servers' start.</summary>
    internal static MessageCpu? Read()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var accounts = ProcessAccounts.Read();
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new(self.TotalProcessorTime.TotalMilliseconds, accounts["postgres"].Cpu.TotalMilliseconds, accounts["broker"].Cpu.TotalMilliseconds);
    }

    internal static MessageCpu? Between(MessageCpu? before, MessageCpu? after, int messages) => before is null || after is null || messages == 0
        ? null
        : new((after.Process - before.Process) / messages, (after.Postgres - before.Postgres) / messages, (after.Broker - before.Broker) / messages);
}
