namespace MsaAspire.Messaging;

/// <summary>A row of the outbox that waits to be published.</summary>
internal sealed record OutboxRow(Guid Row, Guid Id, string Type, byte[] Body, string? TraceParent, int Retries);

/// <summary>Where an outbox is emptied to.</summary>
internal interface IPublisher
{
    /// <summary>Waits while nothing more is taken; throws when nothing ever will be.</summary>
    Task ReadyAsync(CancellationToken stopping);

    /// <summary>Publishes all of <paramref name="rows"/> and waits for what becomes of each.</summary>
    /// <returns>For each row, in order, why it was not taken, or null when whoever must get it has it for good.</returns>
    /// <param name="rows">What to publish; one that is a retry goes to the module's own queue alone.</param>
    /// <param name="stopping">Ends a wait that may be long.</param>
    Task<string?[]> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stopping);
}
