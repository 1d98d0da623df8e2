namespace MsaAspire.Aspirate;

/// <summary>What the user can mend, said in one paragraph: what is wrong, and what to do next. Ends the program with exit code 1.</summary>
public sealed class AspirateException(string message, Exception? inner = null) : Exception(message, inner);
