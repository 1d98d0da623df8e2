namespace MsaAspire.Messaging;

/// <summary>A row of the outbox that waits to be published.</summary>
/// <param name="Row">Its key.</param>
/// <param name="Id">The event's.</param>
/// <param name="Type">The event's.</param>
/// <param name="Body">The event.</param>
/// <param name="TraceParent">What caused it.</param>
/// <param name="Retries">More than 0 for an event that the module itself failed to handle.</param>
/// <param name="IsSwept">Found in the table, so that it may have been published before by a process that then died.</param>
internal sealed record OutboxRow(Guid Row, Guid Id, string Type, byte[] Body, string? TraceParent, int Retries, bool IsSwept);

/// <summary>The target of an outbox's events.</summary>
internal interface IPublisher
{
    /// <summary>Waits while nothing is accepted; throws when nothing will be accepted any more.</summary>
    Task ReadyAsync(CancellationToken stopping);

    /// <summary>Publishes all of <paramref name="rows"/> and waits for the outcome of each.</summary>
    /// <returns>For each row, in order, why it was not accepted, or null when every required receiver has stored it.</returns>
    /// <param name="rows">What to publish; one that is a retry goes to the module's own queue alone.</param>
    /// <param name="stopping">Ends a wait that may be long.</param>
    Task<string?[]> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stopping);
}
