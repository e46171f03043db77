// The last part: the page is ready once every part before it is.
/* global tipsAreThere */

await tipsAreThere;
performance.mark('crossover-ready');
