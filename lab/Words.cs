namespace MsaAspire.Lab;

/// <summary>A text in the two languages of the report.</summary>
public sealed record Words(string En, string Ko);
