namespace MsaAspire.Contracts;

/// <summary>Ordering accepted an order: <c>order.submitted</c>. It carries what inventory needs, and neither who ordered nor how it is paid.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Items">At least one; each product once.</param>
public sealed record OrderSubmitted(Guid OrderId, IReadOnlyList<OrderLine> Items);

/// <summary>So many of a product, 1 to 1000.</summary>
public sealed record OrderLine(int ProductId, int Quantity);

/// <summary>Version 1 of <see cref="OrderSubmitted"/>, of which only this is read.</summary>
public sealed record OrderSubmittedV1(Guid OrderId, IReadOnlyList<OrderLine> Items);
