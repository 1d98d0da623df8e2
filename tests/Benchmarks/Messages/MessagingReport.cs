namespace Benchmarks.Messages;

/// <summary>The figures of one run; all of the same machine and the same minutes.</summary>
/// <param name="Bytes">Size of a message.</param>
/// <param name="Writers">How many commit at once.</param>
/// <param name="Commits">Bare commits of two prepared inserts, a second.</param>
/// <param name="BrokerMessages">Bare messages published, confirmed, consumed and acknowledged, a second.</param>
/// <param name="Messages">Messages from business row to inbox row, a second.</param>
/// <param name="Cpu">Processor time of each of these.</param>
/// <param name="Peers">The same work by other libraries.</param>
public sealed record MessagingReport(
    TimeSpan Duration, int Bytes, int Writers, double Commits, double BrokerMessages, double Messages, MessageCpu? Cpu, IReadOnlyList<Peer> Peers)
{
    public double OfCommits => Messages / Commits;

    public double OfBrokerMessages => Messages / BrokerMessages;
}

/// <summary>Another library that brings a business row's message to an inbox row.</summary>
/// <param name="Name">With its version.</param>
/// <param name="Guarantees">What holds when a process dies.</param>
public sealed record Peer(string Name, string Guarantees, double Messages, MessageCpu? Cpu);
